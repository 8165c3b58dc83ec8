#![no_main]

#[path = "../wire_inputs.rs"]
mod wire_inputs;

libfuzzer_sys::fuzz_target!(|data: &[u8]| wire_inputs::wire(data));
