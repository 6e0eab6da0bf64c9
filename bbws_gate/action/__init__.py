"""The GitHub action: inputs and event in, verdict out. Strings the pipeline and the publisher together; holds no rules of its own."""
