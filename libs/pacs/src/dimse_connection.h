#pragma once

#include <memory>
#include <string>
#include <vector>

#include "neurovasc/pacs/connection.h"

namespace neurovasc::pacs {

class Receiver;

/// A peer over DIMSE. Each call is an association of its own.
class DimseConnection : public PacsConnection {
 public:
  DimseConnection(PacsConfig config, StopToken stop);
  ~DimseConnection() override;

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
  Commitment commitment() const override;

 private:
  Receiver& receiver();
  void get(const std::string& study_instance_uid, const std::vector<FoundInstance>& wanted,
           const std::filesystem::path& folder, const ObjectSink& fetched);
  void move(const std::string& study_instance_uid, const std::vector<FoundInstance>& wanted,
            const std::filesystem::path& folder, const ObjectSink& fetched);

  PacsConfig config_;
  StopToken stop_;
  std::unique_ptr<Receiver> receiver_;  ///< made when first needed
};

}  // namespace neurovasc::pacs
