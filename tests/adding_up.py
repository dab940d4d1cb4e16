"""Articles that give the parts of a number and say that they are all."""

from __future__ import annotations

TOTAL = "The official death total of civilians stands at 26 and that of security officers at 16."


def parts(desk, article, *, sentence=TOTAL, day=5):
    return [
        desk.figure(
            article, 26, population="civilians", counted="civilians", sentence=sentence, day=day, claimant="Cabinet"
        ),
        desk.figure(
            article,
            16,
            population="security_forces",
            counted="security officers",
            sentence=sentence,
            day=day,
            claimant="Cabinet",
        ),
    ]
