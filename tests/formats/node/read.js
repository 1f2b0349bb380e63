// Reads calendars with ical.js and node-ical, and prints what each of them understood.
// In: a JSON list of file names on stdin. Out: {parser: {file: [[uid, start, end, summary], ...]}},
// start and end in seconds since 1970. Versions stand under "versions".
import { readFileSync } from "node:fs";
import ICAL from "ical.js";
import ical from "node-ical";

function withIcalJs(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  return calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    return [event.uid, event.startDate.toUnixTime(), event.endDate.toUnixTime(), event.summary];
  });
}

function withNodeIcal(text) {
  return Object.values(ical.sync.parseICS(text))
    .filter((item) => item.type === "VEVENT")
    .map((item) => [item.uid, item.start / 1000, item.end / 1000, item.summary.val ?? item.summary]);
}

const version = (name) =>
  JSON.parse(readFileSync(new URL(`./node_modules/${name}/package.json`, import.meta.url))).version;

const found = {
  versions: { "ical.js": version("ical.js"), "node-ical": version("node-ical") },
  "ical.js": {},
  "node-ical": {},
};
for (const file of JSON.parse(readFileSync(0, "utf8"))) {
  const text = readFileSync(file, "utf8");
  found["ical.js"][file] = withIcalJs(text);
  found["node-ical"][file] = withNodeIcal(text);
}
process.stdout.write(JSON.stringify(found));
