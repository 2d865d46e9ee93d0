"""Which types of schema.org (and of older vocabularies) are places, reviews and other things.

Words are folded as in `nodes`. Source of the place types: schema.org's tree below LocalBusiness
and CivicStructure, as of version 29.
"""

from __future__ import annotations

import re

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
BUSINESS_TYPES = frozenset({*_BUSINESSES.lower().split(), "h-card", "vcard"})
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
# Properties that lead from a page's subject to somebody else.
FOREIGN = frozenset(
    """
    author publisher creator brand seller provider manufacturer sponsor funder organizer performer
    copyrightholder sourceorganization parentorganization memberof affiliation worksfor alumniof
    hospitalaffiliation hiringorganization recipient broker offeredby accountableperson
    reviewedby contributor editor translator vendor reviewer member employee founder
    """.split()
)


def is_place(types: list[str]) -> bool:
    return any(kind in BUSINESS_TYPES or kind in PLACE_TYPES for kind in types)


def is_organization(types: list[str]) -> bool:
    return any(kind in ORGANIZATION_TYPES for kind in types)


def is_review(types: list[str]) -> bool:
    return any(kind in REVIEW_TYPES for kind in types)


def is_aggregate(types: list[str]) -> bool:
    return any(kind in AGGREGATE_TYPES for kind in types)
