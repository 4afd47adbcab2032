# Hand-offs, links, sheets and the flow governor, in the room's program.
foreach(stem base64url circuit_breaker desks_together governor governor_load
        governor_settings hand_off hand_off_text link_desk link_token sheet sheet_desk sheet_text
        shops work_order)
  target_sources(engage_tests PRIVATE ${CMAKE_CURRENT_LIST_DIR}/${stem}_test.cpp)
endforeach()
