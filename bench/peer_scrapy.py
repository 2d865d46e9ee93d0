"""The peer of `bench.collect`: Scrapy with extruct (JSON-LD and microdata), as one would write it.

Arguments: address, pages, requests at once. Prints {"seconds", "cpu" (seconds), "reviews"} as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

import extruct
import scrapy
from scrapy.crawler import CrawlerProcess

FOUND: dict[str, list[list[Any]]] = {}


class Businesses(scrapy.Spider):
    name = "businesses"
    address: str
    pages: int

    async def start(self):
        for number in range(self.pages):
            yield scrapy.Request(f"{self.address}/b/{number}")

    def parse(self, response):
        data = extruct.extract(
            response.text, base_url=response.url, syntaxes=["json-ld", "microdata"]
        )
        path = response.url[len(self.address) :]
        FOUND[path] = [
            *(_from_json_ld(review) for item in data["json-ld"] for review in item["review"]),
            *(
                _from_microdata(review["properties"])
                for item in data["microdata"]
                for review in item["properties"]["review"]
            ),
        ]


def _from_json_ld(review: dict[str, Any]) -> list[Any]:
    stars = review["reviewRating"]["ratingValue"]
    return [review["author"]["name"], float(stars), review["reviewBody"]]


def _from_microdata(review: dict[str, Any]) -> list[Any]:
    stars = review["reviewRating"]["properties"]["ratingValue"]
    return [review["author"]["properties"]["name"], float(stars), review["reviewBody"]]


def main() -> None:
    address, pages, at_once = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    process = CrawlerProcess(
        {
            "LOG_LEVEL": "ERROR",
            "CONCURRENT_REQUESTS": at_once,
            "CONCURRENT_REQUESTS_PER_DOMAIN": at_once,
            "DOWNLOAD_DELAY": 0,
            "ROBOTSTXT_OBEY": False,
            "TELNETCONSOLE_ENABLED": False,
        }
    )
    crawler = process.create_crawler(Businesses)
    process.crawl(crawler, address=address, pages=pages)
    before = time.process_time()
    process.start()
    cpu = time.process_time() - before
    assert crawler.stats
    seconds = crawler.stats.get_value("elapsed_time_seconds")
    json.dump({"seconds": seconds, "cpu": cpu, "reviews": FOUND}, sys.stdout)


if __name__ == "__main__":
    main()
