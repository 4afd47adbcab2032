muster_tests(decide reason)
