#include <algorithm>
#include <cmath>
#include <map>

#include "neurovasc/archive/agreement.h"
#include "neurovasc/core/error.h"

namespace neurovasc::archive {
namespace {

/// Two-sided 95 % of a normal distribution.
constexpr double kNormal95 = 1.959964;

using Shares = std::map<std::string, double>;

double square(double value) { return value * value; }

/// Value and interval, from what is known of po, pe and (by @p variance, which divides by 1 - pe)
/// the error.
template <typename Variance>
Kappa concluded(std::size_t items, double observed, double expected, const Variance& variance) {
  Kappa kappa;
  kappa.items = items;
  kappa.observed = observed;
  kappa.expected = expected;
  // Sums of shares come as close to 1 as rounding lets them.
  if (items == 0 || 1 - expected < 1e-12) {
    return kappa;
  }
  kappa.value = (observed - expected) / (1 - expected);
  if (items > 1) {
    const double half = kNormal95 * std::sqrt(std::max(0.0, variance(*kappa.value)));
    kappa.low = std::max(-1.0, *kappa.value - half);
    kappa.high = std::min(1.0, *kappa.value + half);
  }
  return kappa;
}

/// Two raters' opinions as shares of all items.
struct PairTable {
  Shares rows;
  Shares columns;
  std::map<std::pair<std::string, std::string>, double> cells;
  double observed = 0;
  double expected = 0;
};

PairTable tableOf(const std::vector<std::string>& first, const std::vector<std::string>& second) {
  PairTable table;
  const double one = 1.0 / static_cast<double>(first.size());
  for (std::size_t i = 0; i < first.size(); ++i) {
    table.rows[first[i]] += one;
    table.columns[second[i]] += one;
    table.cells[{first[i], second[i]}] += one;
    table.observed += first[i] == second[i] ? one : 0;
  }
  for (const auto& [category, share] : table.rows) {
    const auto other = table.columns.find(category);
    table.expected += other == table.columns.end() ? 0 : share * other->second;
  }
  return table;
}

double shareOf(const Shares& shares, const std::string& category) {
  const auto found = shares.find(category);
  return found == shares.end() ? 0 : found->second;
}

/// Fleiss, Cohen and Everitt 1969: the variance of a kappa that is not 0.
double cohenVariance(const PairTable& table, double items) {
  const double po = table.observed;
  const double pe = table.expected;
  double sum = -square(po * pe - 2 * pe + po);
  for (const auto& [cell, share] : table.cells) {
    const auto& [row, column] = cell;
    const double weight = shareOf(table.columns, row) + shareOf(table.rows, column);
    sum += share * square(row == column ? (1 - pe) - weight * (1 - po) : weight * (1 - po));
  }
  return sum / (items * square(square(1 - pe)));
}

/// How often each category was given to one item.
std::map<std::string, double> countsOf(const std::vector<std::string>& opinions) {
  std::map<std::string, double> counts;
  for (const std::string& opinion : opinions) {
    ++counts[opinion];
  }
  return counts;
}

/// Of one item: the share of agreeing pairs of raters, and of agreement by chance.
struct ItemShares {
  double agreeing = 0;
  double by_chance = 0;
};

ItemShares sharesOf(const std::vector<std::string>& opinions, const Shares& overall) {
  const auto raters = static_cast<double>(opinions.size());
  ItemShares shares;
  for (const auto& [category, count] : countsOf(opinions)) {
    shares.agreeing += count * (count - 1) / (raters * (raters - 1));
    shares.by_chance += shareOf(overall, category) * count / raters;
  }
  return shares;
}

Shares overallShares(const std::vector<std::vector<std::string>>& items) {
  Shares overall;
  for (const auto& opinions : items) {
    for (const std::string& opinion : opinions) {
      overall[opinion] += 1.0 / static_cast<double>(items.size() * opinions.size());
    }
  }
  return overall;
}

/// Gwet 2021: items weigh in by how far they alone would move kappa.
double fleissVariance(const std::vector<ItemShares>& items, double expected, double kappa) {
  const auto n = static_cast<double>(items.size());
  double sum = 0;
  for (const ItemShares& item : items) {
    const double own = (item.agreeing - expected) / (1 - expected) -
                       2 * (1 - kappa) * (item.by_chance - expected) / (1 - expected);
    sum += square(own - kappa);
  }
  return sum / (n * (n - 1));
}

void requireRaters(const std::vector<std::vector<std::string>>& items) {
  for (const auto& opinions : items) {
    if (opinions.size() < 2 || opinions.size() != items.front().size()) {
      throw Error(ErrorCode::usage,
                  "Fleiss' kappa takes two or more raters, the same for each item",
                  "Leave out the items that not everybody has read.");
    }
  }
}

}  // namespace

Kappa cohenKappa(const std::vector<std::string>& first, const std::vector<std::string>& second) {
  if (first.size() != second.size()) {
    throw Error(ErrorCode::usage, "Cohen's kappa takes two opinions on each item",
                "Leave out the items that only one rater has read.");
  }
  if (first.empty()) {
    return {};
  }
  const PairTable table = tableOf(first, second);
  return concluded(first.size(), table.observed, table.expected,
                   [&](double) { return cohenVariance(table, static_cast<double>(first.size())); });
}

Kappa fleissKappa(const std::vector<std::vector<std::string>>& items) {
  requireRaters(items);
  if (items.empty()) {
    return {};
  }
  const Shares overall = overallShares(items);
  std::vector<ItemShares> shares;
  double observed = 0;
  double expected = 0;
  for (const auto& opinions : items) {
    shares.push_back(sharesOf(opinions, overall));
    observed += shares.back().agreeing / static_cast<double>(items.size());
  }
  for (const auto& [category, share] : overall) {
    expected += square(share);
  }
  return concluded(items.size(), observed, expected,
                   [&](double kappa) { return fleissVariance(shares, expected, kappa); });
}

}  // namespace neurovasc::archive
