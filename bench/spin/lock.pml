/*
 * CPUs that write to pages, a lock that each fault takes, and a scanner that takes rights away: no kernel, but moves and words of the
 * same kind. bench/spin/lock.ts is the same machine for the explorer; states and transitions of both must be equal.
 */
#define WRITABLE 3

byte entry[PAGES];
byte lock;
byte scanned;

active [CPUS] proctype Cpu() {
  byte pc;
  byte page;
  do
  :: d_step { pc == 0 && entry[page] == WRITABLE -> page = (page + 1) % PAGES }
  :: d_step { pc == 0 && entry[page] != WRITABLE -> pc = 1 }
  :: d_step { pc == 1 && lock == 0 -> lock = _pid + 1; pc = 2 }
  :: d_step { pc == 2 -> pc = (entry[page] == 0 -> 3 : (entry[page] == WRITABLE -> 5 : 4)) }
  :: d_step { pc == 3 -> entry[page] = 1; pc = 5 }
  :: d_step { pc == 4 -> entry[page] = entry[page] + 1; pc = 5 }
  :: d_step { pc == 5 -> lock = 0; pc = 0 }
  od
}

active proctype Scanner() {
  byte pc;
  do
  :: d_step { pc == 0 && lock == 0 -> lock = _pid + 1; pc = 1 }
  :: d_step { pc == 1 -> entry[scanned] = 0; scanned = (scanned + 1) % PAGES; pc = 2 }
  :: d_step { pc == 2 -> lock = 0; pc = 0 }
  od
}
