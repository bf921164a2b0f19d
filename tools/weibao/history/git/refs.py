"""The refs that a Weibao repository keeps beside its branches."""

SEEN_REF = "refs/weibao/seen"
"""The log of what the forge saw first (:mod:`weibao.history.first_sight.log`): a commit a run that saw something.

The first of them has the outermost heads of that time as its parents, so that a clone that has the
log has what was there before it too.
"""
