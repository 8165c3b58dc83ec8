//! The home exercise programme on this device: who exercises, what they agreed to, today's plan, and what was done.
