"""Tools: what makes the package's own data and guards its repository; not part of the package."""
