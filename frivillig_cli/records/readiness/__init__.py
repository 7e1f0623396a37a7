"""What shows that the municipality is ready: the plan gone through, lists made, exercises held."""
