#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "http.h"
#include "neurovasc/pacs/connection.h"

namespace neurovasc::pacs {

/// A peer over DICOMweb.
class WebConnection : public PacsConnection {
 public:
  WebConnection(const PacsConfig& config, StopToken stop);

  void echo() override;
  std::vector<FoundStudy> findStudies(const StudyQuery& query) override;
  std::vector<FoundSeries> findSeries(const std::string& study_instance_uid) override;
  std::vector<DescribedSeries> describeSeries(const std::string& study_instance_uid) override;
  std::vector<FoundInstance> findInstances(const std::string& study_instance_uid,
                                           const std::string& series_instance_uid) override;
  void fetch(const std::string& study_instance_uid, const std::vector<FoundInstance>& wanted,
             const std::filesystem::path& folder, const ObjectSink& fetched) override;
  void store(const std::vector<ObjectFile>& objects, const ObjectSink& stored) override;
  std::vector<std::string> commit(const std::vector<ObjectFile>& objects) override;
  Commitment commitment() const override { return Commitment::off; }

 private:
  /// The data sets that answer a query; none for "no content" and "not found".
  nlohmann::json query(const std::string& path);
  nlohmann::json page(const std::string& path, std::size_t offset, bool& says_more);

  HttpClient http_;
  StopToken stop_;
};

}  // namespace neurovasc::pacs
