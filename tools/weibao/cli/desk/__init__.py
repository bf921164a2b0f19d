"""``weibao desk``: the page on an engineer's own machine, over the clone that lies there."""
