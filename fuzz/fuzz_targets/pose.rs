#![no_main]

#[path = "../pose_inputs.rs"]
mod pose_inputs;

libfuzzer_sys::fuzz_target!(|data: &[u8]| pose_inputs::pose(data));
