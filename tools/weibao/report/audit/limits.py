"""What git alone can never show (hostile input, "Dishonest history"): printed with every audit."""

from __future__ import annotations

from weibao.language import N_

NEVER_SHOWN = {
    "work_never_recorded": N_("Work that nobody ever recorded."),
    "false_facts_on_time": N_("False facts that were entered on time."),
    "collusion": N_("Collusion of all who hold the keys and the copies."),
    "before_the_first_copy": N_("Anything before the first commit that someone outside holds."),
}
"""By a name that does not change: what must be found out otherwise."""
