"""From declarations to instances: the module tree, count and for_each, dynamic blocks, providers, and the order of it all."""
