"""Starts a command and writes what it took to a descriptor.  DESCRIPTOR COMMAND [WORD …].

A child is never seen to have had less memory than the process that started it, and this one has next to none.
"""

import os
import sys
import time

report = int(sys.argv[1])
os.set_inheritable(report, False)
start = time.monotonic()
child = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
_, status, usage = os.wait4(child, 0)
end = time.monotonic()
facts = (start, end, os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime, usage.ru_maxrss)
os.write(report, " ".join(map(str, facts)).encode())
