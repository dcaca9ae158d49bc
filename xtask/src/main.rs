//! The project's commands. All of it is the library beside: so the tests' build compiles it as it runs, lints included, and leaves
//! the program that is running alone.

use std::process::ExitCode;

fn main() -> ExitCode {
    xtask::main()
}
