muster_tests(core version)
