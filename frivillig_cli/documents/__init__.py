"""One Jinja environment, one typesetter, one neutral tree between them."""
