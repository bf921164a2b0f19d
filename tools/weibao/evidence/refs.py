"""The refs that a Weibao repository keeps beside its branches."""

SEEN_REF = "refs/weibao/seen"
"""The log of what the forge saw first (:mod:`weibao.evidence.seen`): a commit a run that saw something."""
