// The tests that kill mutants (docs/mutation.md), as one file: they share one load of the core, which costs more than most
// of them. Those that fail most often come first.
import '../src/trace/rules.test'
import '../src/trace/fault-rules.test'
import '../src/trace/walk-rules.test'

import.meta.glob(
  [
    '../src/{arch,kernel,xen,machine}/**/*.test.ts',
    '../src/trace/*rules.test.ts',
    '../src/trace/expected-outcomes.test.ts',
    '../conform/{predicates,recorded-steps}.test.ts',
  ],
  { eager: true },
)
