"""From a folder to the declarations of one module, and from the environment's inputs to variable values."""
