"""`python -m vpreg.worker JOB`."""

import sys

from vpreg.worker.entry import main

sys.exit(main(sys.argv[1:]))
