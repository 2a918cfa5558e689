//! Makes the program smaller on Linux: the addresses that are to be adjusted when it is loaded are written down in a tenth of
//! the room (`DT_RELR`, which glibc reads since 2.36; linkers that do not know it say so and go on).

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let is = |name: &str, value: &str| std::env::var(name).is_ok_and(|found| found == value);
    if is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu") {
        println!("cargo::rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
}
