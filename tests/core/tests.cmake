muster_tests(core atomic_file bits date error json_document mapped_file parallel suggest token version)
muster_tests(core bits date error json_document moment parallel suggest time_zone token version)
