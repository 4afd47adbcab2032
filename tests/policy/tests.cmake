muster_tests(policy catalogue catalogue_errors)
