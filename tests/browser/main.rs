//! The real app in real browsers. See README.md beside this file.

mod answering;
mod arriving;
mod attaching;
mod canvassing;
mod carrying;
mod clerk;
mod contacting;
mod failing;
mod flowing;
mod guiding;
mod harness;
mod hearing;
mod journey;
mod killing;
mod kinds;
mod lasting;
mod newcomer;
mod opening;
mod quotas;
mod repeating;
mod screens;
mod sensing;
mod spoiling;
mod tongues;
mod updating;
mod versions;
