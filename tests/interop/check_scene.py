"""Checks a scene for 3D Slicer: check_scene.py SCENE.mrml

Prints a line for each thing wrong: text that is no XML, elements that Slicer does not know,
references to nothing, files that are not there.
"""
import os
import sys
import xml.etree.ElementTree as ElementTree

# GetNodeTagName() of Slicer's node classes.
KNOWN = {
    "Volume", "VolumeDisplay", "VolumeArchetypeStorage", "Segmentation", "SegmentationDisplay",
    "SegmentationStorage", "Model", "ModelDisplay", "ModelStorage", "MarkupsFiducial",
    "MarkupsFiducialDisplay", "MarkupsJsonStorage", "SliceComposite",
}

root = ElementTree.parse(sys.argv[1]).getroot()
if root.tag != "MRML":
    print(f"the root is {root.tag}")
ids = [node.get("id") for node in root]
for twice in {i for i in ids if ids.count(i) > 1}:
    print(f"{twice} stands for two nodes")
for node in root:
    if node.tag not in KNOWN:
        print(f"{node.tag} is no node of Slicer")
    if not node.get("name"):
        print(f"{node.get('id')} has no name")
    for reference in (node.get("references") or "").split(";"):
        if reference and reference.split(":")[1] not in ids:
            print(f"{node.get('id')} refers to {reference}, which is not there")
    if node.tag.endswith("Storage"):
        file = os.path.join(os.path.dirname(sys.argv[1]), node.get("fileName"))
        if not os.path.exists(file):
            print(f"{file} is not there")
