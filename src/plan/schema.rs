//! The JSON Schema of the plan.
