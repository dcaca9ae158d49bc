//! The project's commands. Everything is in the library, so that the tests' build can compile it, including lints,
//! without replacing the running program.

use std::process::ExitCode;

fn main() -> ExitCode {
    xtask::main()
}
