"""What is done by the clock: idempotent functions of now, and the clockwork that only ticks."""
