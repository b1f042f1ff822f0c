#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "neurovasc/archive/reading_list.h"

namespace neurovasc::archive {

/// Agreement beyond chance on a nominal scale. 1: always of one opinion; 0: as often as by chance.
struct Kappa {
  std::size_t items = 0;
  double observed = 0;          ///< share of agreeing (pairs of) opinions
  double expected = 0;          ///< by chance alone, from how often each category was used
  std::optional<double> value;  ///< empty without items, or where everybody said the same always
  /// 95 % interval, value +- 1.96 standard errors, cut at -1 and 1. Empty also below two items.
  std::optional<double> low;
  std::optional<double> high;
};

/// Cohen's kappa of two raters: kappa = (po - pe) / (1 - pe), with po the share of items on which
/// they agree and pe = sum over categories of the products of their shares (Cohen, Educ Psychol
/// Meas 1960;20:37). Large-sample standard error for a kappa that is not 0 after Fleiss, Cohen and
/// Everitt (Psychol Bull 1969;72:323). Both vectors have one opinion for each item;
/// Error(usage) else.
Kappa cohenKappa(const std::vector<std::string>& first, const std::vector<std::string>& second);

/// Fleiss' kappa of the same number of raters, two or more, for each item: @p items holds the
/// opinions on one item each (Fleiss, Psychol Bull 1971;76:378). Standard error for a kappa that is
/// not 0, over items, after Gwet (Educ Psychol Meas 2021;81:781); that of Fleiss' own paper holds
/// only where there is no agreement. Error(usage) where numbers of opinions differ.
Kappa fleissKappa(const std::vector<std::vector<std::string>>& items);

/// What one reader wrote into a copy of the table of a reading list.
struct Readings {
  std::string reader;
  std::vector<Reading> readings;
};

/// One line of the result: who against whom, on what.
struct AgreementRow {
  std::string raters;  ///< "A, B", "A, program", "all readers (3)"
  std::string method;  ///< "cohen", "fleiss"
  std::string scope;   ///< "zone" (opinions zone by zone) or "side" (one opinion for each side)
  std::string group;   ///< zone or side the row is about, or "all"
  Kappa kappa;
};

/// Every reader against every other one and against the program, and with three or more readers all
/// of them together: over all zones, for each zone by itself, over both sides and for each side by
/// itself. The opinion on a side comes from its zones RExP to TZ, as the program's finding does:
/// contact if any has contact, else not_assessable if any is, else clear. An item counts where all
/// raters of the row have an opinion on it.
///
/// Throws Error(usage) without readings, for two readers of one name, or for a reading that is not
/// of the key's list.
std::vector<AgreementRow> agreementOf(const std::vector<KeyRow>& key,
                                      const std::vector<Readings>& readers);

/// Tab-separated: scope, group, raters, method, items, observed, expected, kappa, ci95_low,
/// ci95_high.
std::string toTsv(const std::vector<AgreementRow>& rows);

}  // namespace neurovasc::archive
