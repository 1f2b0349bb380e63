"""In and out: region folders, spreadsheets, calendars, reports and JSON Schema."""
