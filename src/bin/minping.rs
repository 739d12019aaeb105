//! The `minping` program: arguments to the library, its answer to an exit code.

fn main() -> std::process::ExitCode {
    minping::native::cli::main()
}
