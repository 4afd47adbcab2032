muster_tests(core atomic_file bits date error json_document mapped_file parallel suggest token version)
