muster_tests(core bits date error json_document parallel suggest token version)
