"""Groups that can be called in, and the people in them."""
