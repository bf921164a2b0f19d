"""The command line, one module a noun. The clock and the environment are read here."""

import gc

# Records hold no cycles, and neither do modules that are being loaded, so that looking for cycles
# again and again is time lost: a tenth of a short command's.
gc.set_threshold(100_000, 50, 50)
