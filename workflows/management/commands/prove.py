from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from workflows.flows.published import PUBLISHED
from workflows.graph import Graph
from workflows.proof import CLAIMS, Proof, prove
from workflows.starting import graph_hash


class Command(BaseCommand):
    """Search every reachable marking of every published flow and print a sheet that a legal officer can read."""

    help = "证明：任何路径都不会跳过必经程序"

    def handle(self, *args: Any, **options: Any) -> None:
        proofs = [self.show(flow_class) for flow_class in PUBLISHED]
        if not all(proof.holds for proof in proofs):
            raise CommandError("流程存在可跳过必经程序的路径。")

    def show(self, flow_class: Any) -> Proof:
        graph = Graph.of(flow_class)
        proof = prove(graph)
        self.stdout.write(f"流程必经程序证明书：{graph.name}")
        self.stdout.write(f"  流程图摘要值 {graph_hash(flow_class)}")
        self.stdout.write(f"  穷尽检索 {proof.states} 个状态、{proof.moves} 次流转")
        self.stdout.write("  法定环节：")
        for place in graph.steps:
            assert place.rule is not None
            self.stdout.write(f"    {place.rule.title}（{place.rule.article}）")
        self.stdout.write("  证明事项：")
        for claim in CLAIMS:
            self.stdout.write(f"    · {claim}")
        for fault in proof.faults:
            self.stdout.write(self.style.ERROR(f"  不成立：{fault.claim}"))
            for number, words in enumerate(fault.trace, 1):
                self.stdout.write(f"    {number}. {words}")
        self.stdout.write(self.style.SUCCESS("  结论：成立") if proof.holds else self.style.ERROR("  结论：不成立"))
        self.stdout.write("")
        return proof
