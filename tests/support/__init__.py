"""What tests and benches share; none of it is in the wheel."""
