"""How Timefold counts a plan's score: it turns this class into Java, so it is kept plain."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from benchmarks.peers.timefold_package import SolverFactory, config, score
from benchmarks.peers.timefold_plan import Place, Plan


class Counting(score.IncrementalScoreCalculator):  # type: ignore[name-defined,misc]
    """The sums, and the cost of each level, as options come and go."""

    plan: Plan
    sums: list[int]
    count: list[int]
    hard: int
    medium: int
    soft: int

    def reset_working_solution(self, solution: Plan) -> None:
        self.plan = solution
        self.sums = list(solution.sums)
        self.count = list(solution.count)
        self.hard = solution.cost[0]
        self.medium = solution.cost[1]
        # The largest deviation is counted when the score is asked for.
        self.soft = solution.cost[2] - solution.begin[1] * solution.begin[2]
        for place in solution.places:
            if place.option is not None:
                self.change(place.option, 1)

    def before_entity_added(self, entity: Place) -> None:
        pass

    def after_entity_added(self, entity: Place) -> None:
        pass

    def before_entity_removed(self, entity: Place) -> None:
        pass

    def after_entity_removed(self, entity: Place) -> None:
        pass

    def before_variable_changed(self, entity: Place, variable_name: str) -> None:  # noqa: ARG002
        if entity.option is not None:
            self.change(entity.option, -1)

    def after_variable_changed(self, entity: Place, variable_name: str) -> None:  # noqa: ARG002
        if entity.option is not None:
            self.change(entity.option, 1)

    def change(self, v: int, by: int) -> None:
        plan = self.plan
        self.medium += plan.medium[v] * by
        self.soft += plan.soft[v] * by
        entries = plan.in_sums[v]
        at = 0
        while at < len(entries):
            self.add(entries[at], entries[at + 1] * by)
            at += 2
        entries = plan.in_derived[v]
        at = 0
        while at < len(entries):
            self.derive(entries[at], entries[at + 1] * by)
            at += 2

    def add(self, index: int, by: int) -> None:
        plan = self.plan
        limit = plan.limits[index]
        before = self.sums[index] - limit
        after = before + by
        self.sums[index] = after + limit
        cost = 0
        if before > 0:
            cost -= before * plan.above[index]
        else:
            cost += before * plan.below[index]
        if after > 0:
            cost += after * plan.above[index]
        else:
            cost -= after * plan.below[index]
        if index < plan.ends[0]:
            self.hard += cost
        elif index < plan.ends[1]:
            self.medium += cost
        else:
            self.soft += cost

    def derive(self, index: int, by: int) -> None:
        plan = self.plan
        if plan.any[index] == 0:
            self.change(plan.options + index, by)
            return
        before = self.count[index]
        after = before + by
        self.count[index] = after
        if before == 0 and after > 0:
            self.change(plan.options + index, 1)
        if before > 0 and after == 0:
            self.change(plan.options + index, -1)

    def calculate_score(self) -> score.HardMediumSoftScore:  # type: ignore[name-defined]
        largest = 0
        plan = self.plan
        peak = plan.begin[1]
        if peak > 0:
            at = plan.begin[0]
            while at < plan.ends[2]:
                off = self.sums[at] - plan.limits[at]
                if off < 0:
                    off = -off
                if off > largest:
                    largest = off
                at += 1
        return score.HardMediumSoftScore.of(-self.hard, -self.medium, -(self.soft + peak * largest))


def solver_of(seed: int, offer: Callable[[list[int]], None]) -> Any:
    """A solver that offers the options held in each better plan that breaks no rule."""
    solver = SolverFactory.create(
        config.SolverConfig(
            solution_class=Plan,
            entity_class_list=[Place],
            environment_mode=config.EnvironmentMode.NON_REPRODUCIBLE,
            random_seed=seed,
            score_director_factory_config=config.ScoreDirectorFactoryConfig(
                incremental_score_calculator_class=Counting
            ),
            # Java wants some end; the caller's watch on processor time comes long before it.
            termination_config=config.TerminationConfig(spent_limit=config.Duration(hours=24)),
        )
    ).build_solver()

    def listen(event: Any) -> None:
        if event.new_best_score.hard_score == 0:
            places = event.new_best_solution.places
            offer([place.option for place in places if place.option is not None])

    solver.add_event_listener(listen)
    return solver
