"""Which types of schema.org (and of older vocabularies) are places, reviews and other things.

Words are folded as in `nodes`. Source of the place types: schema.org's tree below LocalBusiness
and CivicStructure, as of version 29.
"""

from __future__ import annotations

import re
from functools import lru_cache

_BUSINESSES = """
    LocalBusiness AnimalShelter ArchiveOrganization AutomotiveBusiness AutoBodyShop AutoDealer
    AutoPartsStore AutoRental AutoRepair AutoWash GasStation MotorcycleDealer MotorcycleRepair
    ChildCare DayCare Dentist DryCleaningOrLaundry EmergencyService FireStation Hospital
    PoliceStation EmploymentAgency EntertainmentBusiness AdultEntertainment AmusementPark
    ArtGallery Casino ComedyClub MovieTheater NightClub FinancialService AccountingService
    AutomatedTeller BankOrCreditUnion InsuranceAgency FoodEstablishment Bakery BarOrPub Brewery
    CafeOrCoffeeShop Distillery FastFoodRestaurant IceCreamShop Restaurant Winery GovernmentOffice
    PostOffice HealthAndBeautyBusiness BeautySalon DaySpa HairSalon HealthClub NailSalon
    TattooParlor HomeAndConstructionBusiness Electrician GeneralContractor HVACBusiness
    HousePainter Locksmith MovingCompany Plumber RoofingContractor InternetCafe LegalService
    Attorney Notary Library LodgingBusiness BedAndBreakfast Campground Hostel Hotel Motel Resort
    SkiResort VacationRental MedicalBusiness CommunityHealth Dermatology DietNutrition Emergency
    Geriatric Gynecologic MedicalClinic CovidTestingFacility Midwifery Nursing Obstetric
    Oncologic Optician Optometric Otolaryngologic Pediatric Pharmacy Physician Physiotherapy
    PlasticSurgery Podiatric PrimaryCare Psychiatric PublicHealth IndividualPhysician
    PhysiciansOffice ProfessionalService RadioStation RealEstateAgent RecyclingCenter SelfStorage
    ShoppingCenter SportsActivityLocation BowlingAlley ExerciseGym GolfCourse PublicSwimmingPool
    SportsClub StadiumOrArena TennisComplex Store BikeStore BookStore ClothingStore ComputerStore
    ConvenienceStore DepartmentStore ElectronicsStore Florist FurnitureStore GardenStore
    GroceryStore HardwareStore HobbyShop HomeGoodsStore JewelryStore LiquorStore MensClothingStore
    MobilePhoneStore MovieRentalStore MusicStore OfficeEquipmentStore OutletStore PawnShop PetStore
    ShoeStore SportingGoodsStore TireStore ToyStore WholesaleStore TelevisionStation
    TouristInformationCenter TravelAgency VeterinaryCare MedicalOrganization DiagnosticLab
"""
_PLACES = """
    Place CivicStructure Airport Aquarium Beach Bridge BusStation Cemetery Crematorium
    EducationalOrganization CollegeOrUniversity ElementarySchool HighSchool MiddleSchool Preschool
    School EventVenue GovernmentBuilding CityHall Courthouse Embassy LegislativeBuilding Museum
    MusicVenue Park ParkingFacility PerformingArtsTheater PlaceOfWorship BuddhistTemple Church
    CatholicChurch HinduTemple Mosque Synagogue Playground PublicToilet RVPark SubwayStation
    TaxiStand TrainStation Zoo LandmarksOrHistoricalBuildings TouristAttraction Accommodation
    Apartment House Residence GatedResidenceCommunity ApartmentComplex
"""
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")

# Folded type → the words that a customer would use for it ("hairsalon" → "Hair Salon").
TYPE_WORDS = {name.lower(): _CAPITAL.sub(" ", name) for name in (_BUSINESSES + _PLACES).split()}
# Words that sites use as if they were types.
_HABITS = ("cafe", "bar", "pub", "spa", "gym", "clinic", "doctor", "salon", "shop", "business")
BUSINESS_TYPES = frozenset({*_BUSINESSES.lower().split(), *_HABITS, "h-card", "vcard"})
PLACE_TYPES = frozenset({*_PLACES.lower().split(), "h-adr"})
# Types that say nothing of the trade.
BARE_TYPES = frozenset({"localbusiness", "place", "civicstructure", "accommodation"})
ORGANIZATION_TYPES = frozenset(
    """
    organization corporation ngo onlinebusiness onlinestore airline consortium cooperative
    fundingscheme governmentorganization libraryorganization newsmediaorganization
    performinggroup project researchorganization sportsorganization sportsteam workersunion
    politicalparty dancegroup musicgroup theatergroup
    """.split()
)
PERSON_TYPES = frozenset({"person", "patient"})
REVIEW_TYPES = frozenset(
    "review userreview criticreview employerreview recommendation h-review hreview".split()
)
AGGREGATE_TYPES = frozenset(
    "aggregaterating employeraggregaterating review-aggregate h-review-aggregate".split()
)
# Items that hold facts about another item and are never the subject of a page themselves.
PART_TYPES = frozenset(
    """
    postaladdress address geocoordinates geo geoshape geocircle contactpoint
    openinghoursspecification rating imageobject offer aggregateoffer monetaryamount
    quantitativevalue propertyvalue
    breadcrumblist listitem searchaction entrypoint website webpage readaction h-geo h-adr
    question answer faqpage howtostep nutritioninformation videoobject
    """.split()
)
# The properties that we read and that schema.org writes in two or more words.
PROPERTIES = """
    ratingValue bestRating worstRating ratingCount reviewCount streetAddress addressLocality
    addressRegion postalCode addressCountry legalName alternateName aggregateRating contactPoint
    contactPoints contactType phoneNumber faxNumber sameAs servesCuisine medicalSpecialty
    postOfficeBoxNumber extendedAddress openingHoursSpecification openingHours openingHoursText
    specialOpeningHoursSpecification
    validFrom validThrough dayOfWeek reviewBody datePublished dateCreated dateModified reviewRating
    ownerResponse ownerReply businessResponse companyReply reviewReply inLanguage reviewId givenName
    familyName itemReviewed sourceOrganization isBasedOn mainEntity mainEntityOfPage
    hiringOrganization copyrightHolder parentOrganization memberOf worksFor alumniOf offeredBy
    hospitalAffiliation accountablePerson reviewedBy hasMap hasMenu contentUrl thumbnailUrl
    additionalType itemCondition potentialAction
""".split()
# Properties that lead from a page's subject to somebody else.
FOREIGN = frozenset(
    """
    author publisher creator brand seller provider manufacturer sponsor funder organizer performer
    copyrightHolder sourceOrganization parentOrganization memberOf affiliation worksFor alumniOf
    hospitalAffiliation hiringOrganization recipient broker offeredBy accountablePerson
    reviewedBy contributor editor translator vendor reviewer member employee founder
    """.split()
)


class Role:
    """What an item is to us. Plain words, not an enumeration: they are looked up for every item
    of every page, and an enumeration's hash is computed in Python."""

    REVIEW = "review"
    AGGREGATE = "aggregate rating"
    PLACE = "place"
    ORGANIZATION = "organization"
    PERSON = "person"
    PART = "part"
    THING = "thing"  # of any other type
    UNTYPED = "untyped"


# In this order: an item of two types has the first role that fits one of them.
_ROLES = (
    (Role.REVIEW, REVIEW_TYPES),
    (Role.AGGREGATE, AGGREGATE_TYPES),
    (Role.PLACE, BUSINESS_TYPES | PLACE_TYPES),
    (Role.ORGANIZATION, ORGANIZATION_TYPES),
    (Role.PERSON, PERSON_TYPES),
    (Role.PART, PART_TYPES),
)


@lru_cache(maxsize=1024)
def role_of(types: str | tuple[str, ...]) -> str:
    """The role of an item by its types, folded or as JSON-LD writes a single one."""
    if isinstance(types, str):
        types = tuple(re.split(r"[/#:]", word)[-1].lower() for word in types.split()[:20])
    for role, words in _ROLES:
        if not words.isdisjoint(types):
            return role
    return Role.THING if types else Role.UNTYPED
