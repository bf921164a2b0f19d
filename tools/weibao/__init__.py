"""Weibao (维保): a maintenance record repository that lives in git.

The rooms, in the order in which they may import each other: ``refusal``, ``language``, ``record``,
``evidence``, ``service``, ``rules``, ``book``, ``view``, ``site``, ``desk``, ``demo``, ``cli``.
"""

__version__ = "0.1.0"
