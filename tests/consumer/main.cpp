#include <neurovasc/contact/assess.h>
#include <neurovasc/core/version.h>

#include <cstdio>

int main() {
  const neurovasc::contact::ContactOptions options;
  neurovasc::contact::validate(options);
  std::printf("built against neurovasc %s\n", std::string(neurovasc::version()).c_str());
  return 0;
}
