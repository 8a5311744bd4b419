/** Names that columns go by, in small letters, the usual one first. */
export const ID = ["id", "location", "location_id", "locationid", "place", "place_id", "area", "code", "zip", "county"];
export const LONGITUDE = ["lon", "longitude", "lng", "long"];
export const LATITUDE = ["lat", "latitude"];
export const X = ["x_km", "x", "easting"];
export const Y = ["y_km", "y", "northing"];
export const DAY = ["day", "date", "time", "t", "year"];
export const COUNT = ["count", "cases", "case_count", "n", "observed"];
export const POPULATION = ["population", "pop", "expected", "persons", "people"];
export const CONTROLS = ["controls", "control"];
export const FROM = ["from", "id1", "origin"];
export const TO = ["to", "id2", "destination"];
export const DISTANCE = ["distance", "km", "distance_km", "minutes"];
