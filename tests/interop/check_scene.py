"""Checks a scene for 3D Slicer: check_scene.py SCENE.mrml

Prints a line for each thing wrong: text that is no XML, elements and attributes that Slicer does
not know, references to nothing, files that are not there.
"""
import os
import sys
import xml.etree.ElementTree as ElementTree

NODE = {"id", "name", "references", "singletonTag"}
DISPLAY = NODE | {"color", "selectedColor", "opacity", "visibility", "visibility2D", "visibility3D",
                  "scalarVisibility", "colorNodeID"}
STORAGE = NODE | {"fileName"}
# GetNodeTagName() of Slicer's node classes, and attributes that their ReadXMLAttributes() reads.
KNOWN = {
    "Volume": NODE,
    "VolumeDisplay": DISPLAY | {"autoWindowLevel", "interpolate"},
    "VolumeArchetypeStorage": STORAGE,
    "Segmentation": NODE,
    "SegmentationDisplay": DISPLAY | {"Opacity2DFill"},
    "SegmentationStorage": STORAGE,
    "Model": NODE,
    "ModelDisplay": DISPLAY,
    "ModelStorage": STORAGE | {"coordinateSystem"},
    "MarkupsFiducial": NODE,
    "MarkupsFiducialDisplay": DISPLAY,
    "MarkupsJsonStorage": STORAGE | {"coordinateSystem"},
    "SliceComposite": NODE | {"layoutName"},
}
ROLES = {"display", "storage", "backgroundVolume"}

root = ElementTree.parse(sys.argv[1]).getroot()
if root.tag != "MRML":
    print(f"the root is {root.tag}")
ids = [node.get("id") for node in root]
for twice in {i for i in ids if ids.count(i) > 1}:
    print(f"{twice} stands for two nodes")
for node in root:
    if node.tag not in KNOWN:
        print(f"{node.tag} is no node of Slicer")
    for attribute in set(node.keys()) - KNOWN.get(node.tag, set(node.keys())):
        print(f"{node.tag} does not read {attribute}")
    if not node.get("name"):
        print(f"{node.get('id')} has no name")
    for reference in (node.get("references") or "").split(";"):
        role, _, target = reference.partition(":")
        if reference and (role not in ROLES or target not in ids):
            print(f"{node.get('id')} refers to {reference}, which is not there")
    if node.tag.endswith("Storage"):
        file = os.path.join(os.path.dirname(sys.argv[1]), node.get("fileName"))
        if not os.path.exists(file):
            print(f"{file} is not there")
