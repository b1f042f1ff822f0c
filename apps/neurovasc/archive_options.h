#pragma once

#include <string>

#include "command.h"
#include "neurovasc/archive/catalogue.h"
#include "neurovasc/archive/plan.h"
#include "neurovasc/archive/work.h"

namespace neurovasc::app {

/// --catalog.
po::options_description catalogueOptions();

/// How studies are analysed: --sides, --require, --outputs.
po::options_description workOptions();
archive::WorkOptions workOptionsOf(const Arguments& arguments);

/// "3 waiting, 290 done, 7 excluded", with what is more than none alone.
std::string totalsText(const archive::Plan& plan);

}  // namespace neurovasc::app
